-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "heldAt" TIMESTAMPTZ(3),
ADD COLUMN     "messageId" UUID;

-- CreateTable
CREATE TABLE "DeliveryWindow" (
    "personId" UUID NOT NULL,
    "channel" "ChannelName" NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeliveryWindow_pkey" PRIMARY KEY ("personId","channel")
);

-- CreateTable
CREATE TABLE "ChannelPause" (
    "channel" "ChannelName" NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ChannelPause_pkey" PRIMARY KEY ("channel")
);

-- AddForeignKey
ALTER TABLE "DeliveryWindow" ADD CONSTRAINT "DeliveryWindow_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was tried together before messages had an id stays together; and what was tried has one.
UPDATE "Delivery" d SET "messageId" = md5(n."personId"::text || d."channel"::text || d."attempts"::text || d."nextTryAt"::text)::uuid
FROM "Notice" n WHERE n."id" = d."noticeId" AND d."status" = 'pending' AND d."attempts" > 0;
ALTER TABLE "Delivery" ADD CONSTRAINT "delivery_tried_in_a_message" CHECK ("status" <> 'pending' OR "attempts" = 0 OR "messageId" IS NOT NULL);
