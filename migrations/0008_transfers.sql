CREATE TYPE "public"."transfer_item_outcome" AS ENUM('CREATED', 'DUPLICATE', 'LABELLED', 'SKIPPED', 'REFUSED');--> statement-breakpoint
CREATE TYPE "public"."transfer_kind" AS ENUM('IMPORT', 'EXPORT', 'MODEL_EXPORT');--> statement-breakpoint
CREATE TYPE "public"."transfer_state" AS ENUM('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED');--> statement-breakpoint
CREATE TABLE "import_upload" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"byte_size" bigint NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "transfer_event" (
	"transfer_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"attempt" integer NOT NULL,
	"type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"occurred_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "transfer_event_pk" PRIMARY KEY("transfer_id","seq")
);
--> statement-breakpoint
CREATE TABLE "transfer_item" (
	"transfer_id" uuid NOT NULL,
	"item_index" integer NOT NULL,
	"path" text NOT NULL,
	"outcome" "transfer_item_outcome" NOT NULL,
	"image_id" uuid,
	"code" text,
	"message" text,
	CONSTRAINT "transfer_item_pk" PRIMARY KEY("transfer_id","item_index")
);
--> statement-breakpoint
CREATE TABLE "transfer" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" "transfer_kind" NOT NULL,
	"state" "transfer_state" DEFAULT 'QUEUED' NOT NULL,
	"cancel_requested" boolean DEFAULT false NOT NULL,
	"input" jsonb NOT NULL,
	"checkpoint" jsonb,
	"progress" jsonb,
	"result" jsonb,
	"failure" jsonb,
	"job_id" uuid,
	"attempt" integer DEFAULT 0 NOT NULL,
	"fruitless_attempts" integer DEFAULT 0 NOT NULL,
	"last_sequence" integer DEFAULT 0 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "import_upload" ADD CONSTRAINT "import_upload_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_upload" ADD CONSTRAINT "import_upload_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_event" ADD CONSTRAINT "transfer_event_transfer_id_transfer_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfer"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer_item" ADD CONSTRAINT "transfer_item_transfer_id_transfer_id_fk" FOREIGN KEY ("transfer_id") REFERENCES "public"."transfer"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_upload_expires" ON "import_upload" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "transfer_item_outcome_list" ON "transfer_item" USING btree ("transfer_id","outcome","item_index");--> statement-breakpoint
CREATE INDEX "transfer_project_list" ON "transfer" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "image_project_base_name" ON "image" USING btree ("project_id",regexp_replace("file_name", '^.*/', '')) WHERE deleted_at is null;