CREATE TYPE "public"."token_origin" AS ENUM('CREATED', 'LOGIN', 'JWT');--> statement-breakpoint
CREATE TABLE "user_identity" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"claims_issued_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "user_identity_pk" PRIMARY KEY("issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "quota" (
	"project_id" uuid,
	"images" bigint,
	"bytes" bigint,
	"active_trainings" bigint,
	"training_minutes" bigint,
	"deployments" bigint,
	CONSTRAINT "quota_project_unique" UNIQUE NULLS NOT DISTINCT("project_id")
);
--> statement-breakpoint
ALTER TABLE "access_token" ADD COLUMN "origin" "token_origin" DEFAULT 'CREATED' NOT NULL;--> statement-breakpoint
ALTER TABLE "project_member" ADD COLUMN "group_role" "project_role";--> statement-breakpoint
ALTER TABLE "project_member" ADD COLUMN "hand_role" "project_role";--> statement-breakpoint
ALTER TABLE "app_user" ADD COLUMN "is_administrator_by_group" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "project" ADD COLUMN "image_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "user_identity" ADD CONSTRAINT "user_identity_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota" ADD CONSTRAINT "quota_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "user_identity_user" ON "user_identity" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "access_token_session_expires" ON "access_token" USING btree ("expires_at") WHERE origin <> 'CREATED';--> statement-breakpoint
CREATE INDEX "image_upload_pending" ON "image_upload" USING btree ("project_id","byte_size") WHERE completed_at is null;--> statement-breakpoint
CREATE INDEX "training_project_finished" ON "training" USING btree ("project_id","finished_at");--> statement-breakpoint
-- by hand: bytes of images, moved with their rows by whoever writes them
CREATE FUNCTION "move_image_bytes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "project" SET "image_bytes" = "image_bytes" + "moved"."bytes" FROM (
    SELECT "project_id", CASE TG_OP WHEN 'INSERT' THEN sum("byte_size") ELSE -sum("byte_size") END AS "bytes"
    FROM "changed" GROUP BY "project_id") "moved"
  WHERE "project"."id" = "moved"."project_id";
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "image_bytes_inserted" AFTER INSERT ON "image" REFERENCING NEW TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "move_image_bytes"();--> statement-breakpoint
CREATE TRIGGER "image_bytes_deleted" AFTER DELETE ON "image" REFERENCING OLD TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "move_image_bytes"();--> statement-breakpoint
UPDATE "project" SET "image_bytes" = "stored"."bytes" FROM (
  SELECT "project_id", sum("byte_size") AS "bytes" FROM "image" GROUP BY "project_id") "stored"
WHERE "project"."id" = "stored"."project_id";
