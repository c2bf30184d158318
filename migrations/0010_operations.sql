CREATE TABLE "rate_usage" (
	"token_id" uuid PRIMARY KEY NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"requests" bigint NOT NULL,
	"cost" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rate_usage" ADD CONSTRAINT "rate_usage_token_id_access_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."access_token"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- by hand
ALTER TABLE "rate_usage" SET UNLOGGED;
