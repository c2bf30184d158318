CREATE TYPE "public"."base_model_source" AS ENUM('SHIPPED', 'INSTALLED');--> statement-breakpoint
CREATE TABLE "base_model" (
	"name" text PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"source" "base_model_source" NOT NULL,
	"facts" jsonb NOT NULL,
	"offered_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "training_config" ADD COLUMN "base_model" text;--> statement-breakpoint
ALTER TABLE "training" ADD COLUMN "base_model" text;