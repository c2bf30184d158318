DROP INDEX "image_project_name_list";--> statement-breakpoint
DROP INDEX "image_project_group_name_list";--> statement-breakpoint
ALTER TABLE "image" ADD COLUMN "name_key" text collate "C" GENERATED ALWAYS AS (lower(left(file_name, 200))) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "image_project_name_list" ON "image" USING btree ("project_id","name_key","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "image_project_group_name_list" ON "image" USING btree ("project_id","group_key","name_key","id") WHERE deleted_at is null and group_key is not null;