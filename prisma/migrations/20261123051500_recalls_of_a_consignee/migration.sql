-- Whether a consignee has been written to in any recall: asked before its address is changed by whoever named it.
CREATE INDEX "recall_consignees_consignee_idx" ON "recall_consignees"("consignee");
