ALTER TYPE "public"."project_type" ADD VALUE 'MULTI_LABEL';--> statement-breakpoint
ALTER TABLE "evaluation" ALTER COLUMN "confusion_matrix" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "class_statistics" ADD COLUMN "threshold" double precision;--> statement-breakpoint
-- Columns of one class become lists of classes, as what they held is a list of one.
ALTER TABLE "dataset_version_image" ALTER COLUMN "class_index" SET DATA TYPE integer[] USING ARRAY["class_index"];--> statement-breakpoint
ALTER TABLE "dataset_version_image" RENAME COLUMN "class_index" TO "class_indexes";--> statement-breakpoint
ALTER TABLE "prediction" ALTER COLUMN "actual_class_index" SET DATA TYPE integer[] USING ARRAY["actual_class_index"];--> statement-breakpoint
ALTER TABLE "prediction" RENAME COLUMN "actual_class_index" TO "actual_classes";--> statement-breakpoint
ALTER TABLE "prediction" ALTER COLUMN "predicted_class_index" SET DATA TYPE integer[] USING ARRAY["predicted_class_index"];--> statement-breakpoint
ALTER TABLE "prediction" RENAME COLUMN "predicted_class_index" TO "predicted_classes";
