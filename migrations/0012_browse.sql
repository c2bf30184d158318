CREATE TABLE "image_look_progress" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"last_image_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "image_look" (
	"image_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"hash" bit(256) NOT NULL,
	"bands" bigint[] NOT NULL,
	"cluster_id" uuid
);
--> statement-breakpoint
CREATE TABLE "image_standing" (
	"image_id" uuid PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"split" "split" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trashed_annotation" (
	"image_id" uuid NOT NULL,
	"label_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"source" "annotation_source" DEFAULT 'HUMAN' NOT NULL,
	"confidence" real,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "trashed_annotation_pk" PRIMARY KEY("image_id","label_id")
);
--> statement-breakpoint
ALTER TABLE "label" DROP CONSTRAINT "label_name_unique";--> statement-breakpoint
ALTER TABLE "label" DROP CONSTRAINT "label_shortcut_unique";--> statement-breakpoint
ALTER TABLE "image" ALTER COLUMN "created_at" SET DEFAULT clock_timestamp();--> statement-breakpoint
ALTER TABLE "annotation" ADD COLUMN "project_id" uuid;--> statement-breakpoint
-- by hand: the column above was NOT NULL, which rows that there are cannot be
UPDATE "annotation" SET "project_id" = "image"."project_id" FROM "image" WHERE "image"."id" = "annotation"."image_id";--> statement-breakpoint
ALTER TABLE "annotation" ALTER COLUMN "project_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "image" ADD COLUMN "deleted_by" uuid;--> statement-breakpoint
ALTER TABLE "image" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "label" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "label" ADD COLUMN "deleted_by" uuid;--> statement-breakpoint
ALTER TABLE "label" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "label" ADD COLUMN "delete_policy" text;--> statement-breakpoint
ALTER TABLE "label" ADD COLUMN "is_settling" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "project" ADD COLUMN "trash_emptied_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "image_look_progress" ADD CONSTRAINT "image_look_progress_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_look" ADD CONSTRAINT "image_look_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_standing" ADD CONSTRAINT "image_standing_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trashed_annotation" ADD CONSTRAINT "trashed_annotation_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trashed_annotation" ADD CONSTRAINT "trashed_annotation_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trashed_annotation" ADD CONSTRAINT "trashed_annotation_label_fk" FOREIGN KEY ("label_id") REFERENCES "public"."label"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "image_look_bands" ON "image_look" USING gin ("bands");--> statement-breakpoint
CREATE INDEX "image_look_list" ON "image_look" USING btree ("project_id","image_id") WHERE cluster_id is not null;--> statement-breakpoint
CREATE INDEX "image_look_cluster" ON "image_look" USING btree ("cluster_id","image_id") WHERE cluster_id is not null;--> statement-breakpoint
CREATE INDEX "image_standing_list" ON "image_standing" USING btree ("project_id","split","image_id");--> statement-breakpoint
CREATE INDEX "trashed_annotation_label" ON "trashed_annotation" USING btree ("label_id","image_id");--> statement-breakpoint
ALTER TABLE "image" ADD CONSTRAINT "image_deleted_by_app_user_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label" ADD CONSTRAINT "label_deleted_by_app_user_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "annotation_annotator" ON "annotation" USING btree ("project_id","created_by","image_id");--> statement-breakpoint
CREATE INDEX "image_deleted_sha256" ON "image" USING btree ("project_id","sha256") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "image_project_name_list" ON "image" USING btree ("project_id",(lower(left(file_name, 200)) collate "C"),"id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "image_project_uploader_list" ON "image" USING btree ("project_id","created_by","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "image_project_group_list" ON "image" USING btree ("project_id","group_key","id") WHERE deleted_at is null and group_key is not null;--> statement-breakpoint
CREATE INDEX "image_trash" ON "image" USING btree ("project_id","deleted_at","id") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "image_expires" ON "image" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "image_upload_image" ON "image_upload" USING btree ("image_id");--> statement-breakpoint
CREATE UNIQUE INDEX "label_name_unique" ON "label" USING btree ("project_id","name") WHERE deleted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "label_shortcut_unique" ON "label" USING btree ("project_id","shortcut") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "label_project" ON "label" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "label_trash" ON "label" USING btree ("project_id","deleted_at","id") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "label_settling" ON "label" USING btree ("id") WHERE is_settling;--> statement-breakpoint
-- by hand: images of before there was a trash were deleted for good
UPDATE "image" SET "expires_at" = now() WHERE "deleted_at" IS NOT NULL;--> statement-breakpoint
INSERT INTO "image_standing" ("image_id", "project_id", "split")
SELECT "image"."id", "image"."project_id", coalesce("image"."split_override", "assigned"."split") FROM "image"
LEFT JOIN "split_assignment" "assigned" ON "assigned"."project_id" = "image"."project_id" AND "assigned"."sha256" = "image"."sha256"
WHERE coalesce("image"."split_override", "assigned"."split") IS NOT NULL;
