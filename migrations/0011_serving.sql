CREATE TYPE "public"."candidate_mode" AS ENUM('SPLIT', 'SHADOW');--> statement-breakpoint
CREATE TYPE "public"."deployment_change_kind" AS ENUM('DEPLOYED', 'STARTED', 'READY', 'FAILED', 'STOPPED', 'WOKEN', 'ROUTED', 'ROLLED_BACK', 'CONFIGURED', 'DELETED');--> statement-breakpoint
CREATE TYPE "public"."deployment_state" AS ENUM('DEPLOYING', 'RUNNING', 'STOPPED', 'FAILED');--> statement-breakpoint
CREATE TYPE "public"."deployment_stop_cause" AS ENUM('USER', 'AUTO_STOP', 'IDLE');--> statement-breakpoint
CREATE TABLE "deployment_change" (
	"deployment_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"kind" "deployment_change_kind" NOT NULL,
	"state" "deployment_state" NOT NULL,
	"stop_cause" "deployment_stop_cause",
	"model_version_id" uuid NOT NULL,
	"candidate_version_id" uuid,
	"candidate_mode" "candidate_mode",
	"candidate_percent" integer,
	"changed_by" uuid,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deployment_change_pk" PRIMARY KEY("deployment_id","seq")
);
--> statement-breakpoint
CREATE TABLE "deployment_minute" (
	"deployment_id" uuid NOT NULL,
	"model_version_id" uuid NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	"invocations" integer NOT NULL,
	"failures" integer NOT NULL,
	"latencies" integer[] NOT NULL,
	CONSTRAINT "deployment_minute_pk" PRIMARY KEY("deployment_id","minute","model_version_id")
);
--> statement-breakpoint
CREATE TABLE "deployment" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" "deployment_state" NOT NULL,
	"stop_cause" "deployment_stop_cause",
	"error_message" text,
	"model_version_id" uuid NOT NULL,
	"candidate_version_id" uuid,
	"candidate_mode" "candidate_mode",
	"candidate_percent" integer,
	"auto_stop_hours" integer,
	"stops_at" timestamp (3) with time zone,
	"idle_stop_minutes" integer,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"accept_from" real NOT NULL,
	"store_hours" integer,
	"last_sequence" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "deployment_total" (
	"deployment_id" uuid NOT NULL,
	"model_version_id" uuid NOT NULL,
	"invocations" bigint NOT NULL,
	"failures" bigint NOT NULL,
	"pictures" bigint NOT NULL,
	"compared" bigint NOT NULL,
	"agreed" bigint NOT NULL,
	"last_invoked_at" timestamp (3) with time zone,
	CONSTRAINT "deployment_total_pk" PRIMARY KEY("deployment_id","model_version_id")
);
--> statement-breakpoint
CREATE TABLE "image_origin" (
	"image_id" uuid PRIMARY KEY NOT NULL,
	"deployment_id" uuid NOT NULL,
	"model_version_id" uuid NOT NULL,
	"predicted_label_id" uuid NOT NULL,
	"probability" real NOT NULL,
	"predicted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "served_prediction" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"deployment_id" uuid NOT NULL,
	"model_version_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"byte_size" integer NOT NULL,
	"probabilities" real[] NOT NULL,
	"unfamiliarity" real,
	"decision" text NOT NULL,
	"uncertainty" real NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"image_id" uuid
);
--> statement-breakpoint
ALTER TABLE "evaluation" DROP CONSTRAINT "evaluation_dataset_version_id_dataset_version_id_fk";
--> statement-breakpoint
ALTER TABLE "access_token" ADD COLUMN "deployment_id" uuid;--> statement-breakpoint
ALTER TABLE "deployment_change" ADD CONSTRAINT "deployment_change_deployment_id_deployment_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment_minute" ADD CONSTRAINT "deployment_minute_deployment_id_deployment_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_model_version_id_model_version_id_fk" FOREIGN KEY ("model_version_id") REFERENCES "public"."model_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_candidate_version_id_model_version_id_fk" FOREIGN KEY ("candidate_version_id") REFERENCES "public"."model_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deployment_total" ADD CONSTRAINT "deployment_total_deployment_id_deployment_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_origin" ADD CONSTRAINT "image_origin_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_origin" ADD CONSTRAINT "image_origin_deployment_id_deployment_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_origin" ADD CONSTRAINT "image_origin_model_version_id_model_version_id_fk" FOREIGN KEY ("model_version_id") REFERENCES "public"."model_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "served_prediction" ADD CONSTRAINT "served_prediction_deployment_id_deployment_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "served_prediction" ADD CONSTRAINT "served_prediction_model_version_id_model_version_id_fk" FOREIGN KEY ("model_version_id") REFERENCES "public"."model_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deployment_minute_age" ON "deployment_minute" USING btree ("minute");--> statement-breakpoint
CREATE UNIQUE INDEX "deployment_name_unique" ON "deployment" USING btree ("name") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "deployment_project_list" ON "deployment" USING btree ("project_id","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "served_prediction_uncertainty" ON "served_prediction" USING btree ("deployment_id","uncertainty","id");--> statement-breakpoint
CREATE INDEX "served_prediction_expires" ON "served_prediction" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_dataset_version_id_dataset_version_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- by hand
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_deployment_id_deployment_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployment"("id") ON DELETE cascade;
