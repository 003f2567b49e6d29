-- Goods that hold data of whoever used them, what bars ways of an item, and what was recorded to lift that.
ALTER TABLE "order_lines" ADD COLUMN "data_bearing" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "return_items"
    ADD COLUMN "vetoes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "evidence" JSONB NOT NULL DEFAULT '[]';

-- Items that have a way already show what bars others: as their last choice said.
UPDATE "return_items" i SET vetoes = last.vetoes
  FROM (SELECT DISTINCT ON (j.process, e ->> 'item') j.process, e ->> 'item' AS item,
          ARRAY(SELECT jsonb_array_elements_text(e -> 'choice' -> 'vetoes')) AS vetoes
        FROM "journal" j, jsonb_array_elements(j.events) WITH ORDINALITY AS all_events (e, seq)
        WHERE e ->> 'type' = 'item_disposed'
        ORDER BY j.process, e ->> 'item', j.version DESC, seq DESC) last
  WHERE last.process = 'return:' || i.rma AND last.item = i.item AND i.disposition IS NOT NULL;

ALTER TABLE "return_items"
    ADD CONSTRAINT "return_items_vetoes_known" CHECK (vetoes <@ ARRAY['recalled', 'expired', 'contaminated', 'opened_hygiene', 'hazardous', 'lot_unknown', 'data_not_wiped', 'activation_locked']),
    -- No role overrides a veto, only evidence lifts it: what bears data leaves us destroyed, or with its owner.
    ADD CONSTRAINT "return_items_wiped_before_they_leave" CHECK (
        NOT (stage = 'disposed' AND 'data_not_wiped' = ANY (vetoes)
             AND disposition NOT IN ('return_to_customer', 'repair_and_return', 'destroy')));
