ALTER TABLE "dataset_version_image" ADD COLUMN "annotated_by" uuid;--> statement-breakpoint
ALTER TABLE "dataset_version_label" ADD COLUMN "test_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_version" ADD COLUMN "test_ratio" numeric DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "dataset_version" ADD COLUMN "test_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "image" ADD COLUMN "split_override" "split";--> statement-breakpoint
ALTER TABLE "image" ADD COLUMN "group_key" text;--> statement-breakpoint
ALTER TABLE "image" ADD COLUMN "perceptual_hash" "bytea";--> statement-breakpoint
ALTER TABLE "image_upload" ADD COLUMN "group_key" text;--> statement-breakpoint
ALTER TABLE "training_config" ADD COLUMN "test_ratio" numeric DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "training" ADD COLUMN "test_ratio" numeric DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "image_unhashed" ON "image" USING btree ("project_id","id") WHERE deleted_at is null and perceptual_hash is null;