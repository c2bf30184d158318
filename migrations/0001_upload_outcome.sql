CREATE TYPE "public"."upload_outcome" AS ENUM('CREATED', 'DUPLICATE');--> statement-breakpoint
ALTER TABLE "image_upload" ADD COLUMN "outcome" "upload_outcome";--> statement-breakpoint
UPDATE "image_upload" SET "outcome" = 'CREATED' WHERE "completed_at" IS NOT NULL;
