-- Units that a facility gets by transfers that have yet to end, and what they will still take from another before its stock keeps that for
-- them: whoever expects goods, and whoever plans what to send, sees the same.
CREATE VIEW "transfers_under_way" AS
  SELECT CASE WHEN t.turned_back THEN t.origin ELSE t.destination END AS facility, t.origin, l.sku, t.arrive_by,
    CASE WHEN t.shipped_at IS NOT NULL THEN l.in_transit WHEN n.status = 'requested' THEN l.quantity ELSE l.reserved END AS units,
    CASE WHEN n.status = 'requested' THEN l.quantity ELSE 0 END AS asked
  FROM transfers t JOIN network_processes n ON n.number = t.number JOIN transfer_lines l ON l.number = t.number
  WHERE n.closed_at IS NULL AND n.status <> 'cancelled';
