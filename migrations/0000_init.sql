CREATE TYPE "public"."project_role" AS ENUM('VIEWER', 'LABELLER', 'EDITOR', 'OWNER');--> statement-breakpoint
CREATE TYPE "public"."split" AS ENUM('TRAIN', 'VALIDATION', 'TEST');--> statement-breakpoint
CREATE TYPE "public"."annotation_source" AS ENUM('HUMAN', 'IMPORT', 'MODEL');--> statement-breakpoint
CREATE TYPE "public"."project_type" AS ENUM('SINGLE_LABEL');--> statement-breakpoint
CREATE TYPE "public"."stop_reason" AS ENUM('CONVERGED', 'MAX_DURATION', 'STOPPED_BY_USER');--> statement-breakpoint
CREATE TYPE "public"."stop_request" AS ENUM('STOP_AND_KEEP', 'CANCEL');--> statement-breakpoint
CREATE TYPE "public"."training_preference" AS ENUM('PERFORMANCE_FIRST', 'BALANCE', 'ACCURACY_FIRST');--> statement-breakpoint
CREATE TYPE "public"."training_state" AS ENUM('QUEUED', 'PREPARING', 'RUNNING', 'EVALUATING', 'COMPLETED', 'FAILED', 'CANCELLED');--> statement-breakpoint
CREATE TABLE "access_token" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "access_token_sha256_unique" UNIQUE("sha256")
);
--> statement-breakpoint
CREATE TABLE "project_member" (
	"project_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" "project_role" NOT NULL,
	CONSTRAINT "project_member_pk" PRIMARY KEY("project_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "app_user" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"is_administrator" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "app_user_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "dataset_version_image" (
	"dataset_version_id" uuid NOT NULL,
	"image_id" uuid NOT NULL,
	"sha256" "bytea" NOT NULL,
	"class_index" integer NOT NULL,
	"split" "split" NOT NULL,
	CONSTRAINT "dataset_version_image_pk" PRIMARY KEY("dataset_version_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "dataset_version_label" (
	"dataset_version_id" uuid NOT NULL,
	"class_index" integer NOT NULL,
	"label_id" uuid NOT NULL,
	"name" text NOT NULL,
	"color" text NOT NULL,
	"train_count" integer NOT NULL,
	"validation_count" integer NOT NULL,
	CONSTRAINT "dataset_version_label_pk" PRIMARY KEY("dataset_version_id","class_index")
);
--> statement-breakpoint
CREATE TABLE "dataset_version" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"train_ratio" numeric NOT NULL,
	"seed" bigint NOT NULL,
	"content_sha256" "bytea" NOT NULL,
	"image_count" integer NOT NULL,
	"train_count" integer NOT NULL,
	"validation_count" integer NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dataset_version_name_unique" UNIQUE("project_id","name")
);
--> statement-breakpoint
CREATE TABLE "split_assignment" (
	"project_id" uuid NOT NULL,
	"sha256" "bytea" NOT NULL,
	"split" "split" NOT NULL,
	CONSTRAINT "split_assignment_pk" PRIMARY KEY("project_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "annotation" (
	"image_id" uuid NOT NULL,
	"label_id" uuid NOT NULL,
	"source" "annotation_source" DEFAULT 'HUMAN' NOT NULL,
	"confidence" real,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "annotation_pk" PRIMARY KEY("image_id","label_id")
);
--> statement-breakpoint
CREATE TABLE "image" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"sha256" "bytea" NOT NULL,
	"file_name" text NOT NULL,
	"format" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"byte_size" integer NOT NULL,
	"is_labelled" boolean DEFAULT false NOT NULL,
	"annotation_revision" integer DEFAULT 0 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "image_upload" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"byte_size" integer NOT NULL,
	"sha256" "bytea",
	"image_id" uuid,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "label" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"color" text NOT NULL,
	"shortcut" text,
	"image_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "label_name_unique" UNIQUE("project_id","name"),
	CONSTRAINT "label_shortcut_unique" UNIQUE("project_id","shortcut")
);
--> statement-breakpoint
CREATE TABLE "class_statistics" (
	"evaluation_id" uuid NOT NULL,
	"class_index" integer NOT NULL,
	"label_id" uuid NOT NULL,
	"label_name" text NOT NULL,
	"support" integer NOT NULL,
	"predicted_count" integer NOT NULL,
	"true_positives" integer NOT NULL,
	"precision" double precision NOT NULL,
	"recall" double precision NOT NULL,
	"f1" double precision NOT NULL,
	"one_vs_rest_accuracy" double precision NOT NULL,
	CONSTRAINT "class_statistics_pk" PRIMARY KEY("evaluation_id","class_index")
);
--> statement-breakpoint
CREATE TABLE "evaluation" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"model_version_id" uuid NOT NULL,
	"dataset_version_id" uuid NOT NULL,
	"split" "split" NOT NULL,
	"image_count" integer NOT NULL,
	"accuracy" double precision NOT NULL,
	"macro" jsonb NOT NULL,
	"micro" jsonb NOT NULL,
	"weighted" jsonb NOT NULL,
	"confusion_matrix" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "evaluation_unique" UNIQUE("model_version_id","dataset_version_id","split")
);
--> statement-breakpoint
CREATE TABLE "model_version" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"training_id" uuid NOT NULL,
	"version_number" integer NOT NULL,
	"dataset_version_id" uuid NOT NULL,
	"classes" jsonb NOT NULL,
	"model_key" text NOT NULL,
	"model_sha256" "bytea" NOT NULL,
	"model_bytes" integer NOT NULL,
	"head_key" text NOT NULL,
	"base_model" text NOT NULL,
	"base_model_sha256" "bytea" NOT NULL,
	"seconds_by_phase" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_version_training_unique" UNIQUE("training_id")
);
--> statement-breakpoint
CREATE TABLE "prediction" (
	"evaluation_id" uuid NOT NULL,
	"image_id" uuid NOT NULL,
	"actual_class_index" integer NOT NULL,
	"predicted_class_index" integer NOT NULL,
	"probabilities" real[] NOT NULL,
	CONSTRAINT "prediction_pk" PRIMARY KEY("evaluation_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "abandoned_objects" (
	"prefix" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "project" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"type" "project_type" DEFAULT 'SINGLE_LABEL' NOT NULL,
	"image_count" integer DEFAULT 0 NOT NULL,
	"labelled_image_count" integer DEFAULT 0 NOT NULL,
	"last_version_number" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"user_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"operation" text NOT NULL,
	"input_sha256" "bytea" NOT NULL,
	"result_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_key_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
CREATE TABLE "training_config" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"train_ratio" numeric DEFAULT 0.8 NOT NULL,
	"base_version_id" uuid,
	"max_duration_minutes" integer DEFAULT 60 NOT NULL,
	"preference" "training_preference" DEFAULT 'BALANCE' NOT NULL,
	"flavor" text NOT NULL,
	"seed" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "training_event" (
	"training_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"attempt" integer NOT NULL,
	"type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"occurred_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "training_event_pk" PRIMARY KEY("training_id","seq")
);
--> statement-breakpoint
CREATE TABLE "training" (
	"id" uuid PRIMARY KEY DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"version_number" integer NOT NULL,
	"dataset_version_id" uuid NOT NULL,
	"train_ratio" numeric DEFAULT 0.8 NOT NULL,
	"base_version_id" uuid,
	"max_duration_minutes" integer DEFAULT 60 NOT NULL,
	"preference" "training_preference" DEFAULT 'BALANCE' NOT NULL,
	"flavor" text NOT NULL,
	"seed" bigint DEFAULT 0 NOT NULL,
	"state" "training_state" DEFAULT 'QUEUED' NOT NULL,
	"stop_reason" "stop_reason",
	"stop_request" "stop_request",
	"failure" jsonb,
	"progress" jsonb,
	"job_id" uuid,
	"attempt" integer DEFAULT 0 NOT NULL,
	"last_sequence" integer DEFAULT 0 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "training_version_number_unique" UNIQUE("project_id","version_number")
);
--> statement-breakpoint
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_member" ADD CONSTRAINT "project_member_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_version_image" ADD CONSTRAINT "dataset_version_image_dataset_version_id_dataset_version_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_version_label" ADD CONSTRAINT "dataset_version_label_dataset_version_id_dataset_version_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dataset_version" ADD CONSTRAINT "dataset_version_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "split_assignment" ADD CONSTRAINT "split_assignment_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "annotation" ADD CONSTRAINT "annotation_label_fk" FOREIGN KEY ("label_id") REFERENCES "public"."label"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image" ADD CONSTRAINT "image_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image" ADD CONSTRAINT "image_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_upload" ADD CONSTRAINT "image_upload_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_upload" ADD CONSTRAINT "image_upload_image_id_image_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."image"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "image_upload" ADD CONSTRAINT "image_upload_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label" ADD CONSTRAINT "label_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_statistics" ADD CONSTRAINT "class_statistics_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_model_version_id_model_version_id_fk" FOREIGN KEY ("model_version_id") REFERENCES "public"."model_version"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_dataset_version_id_dataset_version_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_version" ADD CONSTRAINT "model_version_dataset_version_id_dataset_version_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prediction" ADD CONSTRAINT "prediction_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_user_id_app_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."app_user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_config" ADD CONSTRAINT "training_config_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_config" ADD CONSTRAINT "training_config_base_version_id_model_version_id_fk" FOREIGN KEY ("base_version_id") REFERENCES "public"."model_version"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training_event" ADD CONSTRAINT "training_event_training_id_training_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."training"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training" ADD CONSTRAINT "training_project_id_project_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."project"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training" ADD CONSTRAINT "training_dataset_version_id_dataset_version_id_fk" FOREIGN KEY ("dataset_version_id") REFERENCES "public"."dataset_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training" ADD CONSTRAINT "training_base_version_id_model_version_id_fk" FOREIGN KEY ("base_version_id") REFERENCES "public"."model_version"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "training" ADD CONSTRAINT "training_created_by_app_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."app_user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_token_user" ON "access_token" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "project_member_user" ON "project_member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "dataset_version_image_image" ON "dataset_version_image" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "annotation_label" ON "annotation" USING btree ("label_id","image_id");--> statement-breakpoint
CREATE UNIQUE INDEX "image_project_sha256_unique" ON "image" USING btree ("project_id","sha256") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "image_project_list" ON "image" USING btree ("project_id","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "image_project_labelled_list" ON "image" USING btree ("project_id","is_labelled","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "image_upload_expires" ON "image_upload" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "model_version_project_list" ON "model_version" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "training_project_list" ON "training" USING btree ("project_id","id");