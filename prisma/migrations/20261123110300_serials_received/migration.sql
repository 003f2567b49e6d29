-- What comes with a serial is looked for in what other returns have received.
CREATE INDEX "return_items_serials" ON "return_items" USING gin (serials) WHERE serials <> '{}';
