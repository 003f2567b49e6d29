-- Nobody is paid back what nobody has paid: what is taken back undoes first what was let go.
ALTER TABLE "loans" ADD CONSTRAINT "loans_repaid_was_paid" CHECK (repaid <= paid + set_off);
