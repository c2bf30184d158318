ALTER TABLE "evaluation" ADD COLUMN "calibration" jsonb;--> statement-breakpoint
ALTER TABLE "model_version" ADD COLUMN "unfamiliarity_threshold" double precision;--> statement-breakpoint
ALTER TABLE "prediction" ADD COLUMN "unfamiliarity" real;