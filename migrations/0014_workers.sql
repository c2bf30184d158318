CREATE TABLE "worker" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"process_id" integer NOT NULL,
	"versions" jsonb NOT NULL,
	"flavors" text[] NOT NULL,
	"speeds" jsonb,
	"memory_bytes" bigint NOT NULL,
	"heartbeat_seconds" integer NOT NULL,
	"clock_offset_milliseconds" integer NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "app_user" ADD COLUMN "disabled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "training" ADD COLUMN "worker_id" uuid;--> statement-breakpoint
ALTER TABLE "training" ADD COLUMN "no_worker_since" timestamp (3) with time zone;