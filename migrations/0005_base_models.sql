CREATE TYPE "public"."base_model_source" AS ENUM('SHIPPED', 'INSTALLED', 'UPLOADED');--> statement-breakpoint
CREATE TYPE "public"."base_model_upload_state" AS ENUM('ANNOUNCED', 'QUEUED', 'READY', 'REFUSED');--> statement-breakpoint
CREATE TABLE "base_model" (
	"name" text PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"source" "base_model_source" NOT NULL,
	"facts" jsonb NOT NULL,
	"object_prefix" text,
	"offered_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "base_model_upload" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"byte_size" bigint NOT NULL,
	"word" jsonb NOT NULL,
	"state" "base_model_upload_state" DEFAULT 'ANNOUNCED' NOT NULL,
	"message" text,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "training_config" ADD COLUMN "base_model" text;--> statement-breakpoint
ALTER TABLE "training" ADD COLUMN "base_model" text;--> statement-breakpoint
ALTER TABLE "base_model_upload" ADD CONSTRAINT "base_model_upload_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;