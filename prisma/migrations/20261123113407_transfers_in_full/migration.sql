-- What of a transfer waits, is claimed, and in which currency; and lines that a recall has stopped before they left: they stay.
ALTER TABLE "transfers"
  ADD COLUMN "currency" CHAR(3),
  ADD COLUMN "claims" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "holds" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "surpluses" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "transfer_lines"
  ADD COLUMN "unit_cost" BIGINT,
  ADD COLUMN "is_out" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "transfer_lines_out_stays" CHECK (NOT is_out OR (picked = 0 AND shipped = 0));

-- A line that stays comes to nobody; of one that was picked comes what was found.
CREATE OR REPLACE VIEW "transfers_under_way" AS
  SELECT CASE WHEN t.turned_back THEN t.origin ELSE t.destination END AS facility, t.origin, l.sku, t.arrive_by,
    CASE WHEN l.is_out THEN 0 WHEN t.shipped_at IS NOT NULL THEN l.in_transit WHEN n.status = 'requested' THEN l.quantity
      WHEN n.status = 'picked' THEN l.picked ELSE l.reserved END AS units,
    CASE WHEN n.status = 'requested' AND NOT l.is_out THEN l.quantity ELSE 0 END AS asked
  FROM transfers t JOIN network_processes n ON n.number = t.number JOIN transfer_lines l ON l.number = t.number
  WHERE n.closed_at IS NULL AND n.status <> 'cancelled';
