ALTER TABLE "training" ADD COLUMN "device" text;--> statement-breakpoint
ALTER TABLE "worker" ADD COLUMN "unusable_devices" jsonb;