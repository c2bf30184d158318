ALTER TABLE "evaluation" ADD COLUMN "confidence" jsonb;--> statement-breakpoint
ALTER TABLE "model_version" ADD COLUMN "recipe" jsonb;--> statement-breakpoint
ALTER TABLE "model_version" ADD COLUMN "forgetting" jsonb;