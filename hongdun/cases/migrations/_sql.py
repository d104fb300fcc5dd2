"""SQL that Django's models can't say: duties kept apart per task, and the ways across a range."""

DUTIES = """
CREATE FUNCTION cases_keep_duties_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE how text;
BEGIN
  SELECT mode INTO how FROM cases_case WHERE id = NEW.case_id;
  IF how = 'single' OR (how = 'pair' AND NEW.duty = 'accept') THEN RETURN NEW; END IF;
  IF EXISTS (
    SELECT 1 FROM cases_task t WHERE t.case_id = NEW.case_id AND t.id <> NEW.id AND t.done IS NOT NULL
      AND t.done_by = NEW.done_by AND t.duty NOT IN ('', NEW.duty) AND (how = 'three' OR t.duty <> 'accept')
  ) THEN
    RAISE EXCEPTION 'one person held two duties of case %', NEW.case_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cases_keep_duties_apart BEFORE UPDATE OF done, done_by, duty ON cases_task FOR EACH ROW
  WHEN (NEW.done IS NOT NULL AND NEW.duty <> '' AND NEW.done_by IS NOT NULL)
  EXECUTE FUNCTION cases_keep_duties_apart();
CREATE TRIGGER cases_keep_duties_apart_new BEFORE INSERT ON cases_task FOR EACH ROW
  WHEN (NEW.done IS NOT NULL AND NEW.duty <> '' AND NEW.done_by IS NOT NULL)
  EXECUTE FUNCTION cases_keep_duties_apart();
"""
DUTIES_BACK = """
DROP TRIGGER cases_keep_duties_apart ON cases_task;
DROP TRIGGER cases_keep_duties_apart_new ON cases_task;
DROP FUNCTION cases_keep_duties_apart();
"""

TRANSFER = """
CREATE FUNCTION cases_transfer(the_case uuid, new_organ int, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  here int;
  who uuid := nullif(current_setting('hd.person', true), '')::uuid;
  chair uuid := nullif(current_setting('hd.post', true), '')::uuid;
BEGIN
  SELECT organ INTO here FROM cases_case WHERE id = the_case AND closed IS NULL FOR UPDATE;
  IF here IS NULL OR here NOT BETWEEN current_setting('hd.lo')::int AND current_setting('hd.hi')::int THEN
    RAISE EXCEPTION 'case out of range' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM org_post p WHERE p.id = chair AND p.officer_id = who AND p.role IN ('approver', 'head')
      AND p.valid_from <= current_date AND (p.valid_to IS NULL OR p.valid_to >= current_date)
  ) THEN
    RAISE EXCEPTION 'this post may not transfer cases' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM org_organ o WHERE o.code = new_organ AND o.valid_to IS NULL) OR coalesce(why, '') = '' THEN
    RAISE EXCEPTION 'a transfer names an existing organ and a reason' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  UPDATE cases_case SET organ = new_organ, station = NULL WHERE id = the_case;
  UPDATE cases_task SET organ = new_organ, assignee = NULL WHERE case_id = the_case AND done IS NULL;
  UPDATE parties_involvement SET organ_id = new_organ WHERE case_id = the_case;
  INSERT INTO cases_transfer (id, case_id, source, target, at, person, post, reason)
    VALUES (gen_random_uuid(), the_case, here, new_organ, clock_timestamp(), who, chair, why);
END $$;
GRANT CREATE ON SCHEMA public TO hongdun_transfer;
ALTER FUNCTION cases_transfer(uuid, int, text) OWNER TO hongdun_transfer;
REVOKE CREATE ON SCHEMA public FROM hongdun_transfer;
REVOKE ALL ON FUNCTION cases_transfer(uuid, int, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_transfer(uuid, int, text) TO hongdun_app;
GRANT SELECT, UPDATE ON cases_case, cases_task, parties_involvement TO hongdun_transfer;
GRANT SELECT ON org_post, org_organ TO hongdun_transfer;
GRANT INSERT ON cases_transfer TO hongdun_transfer;
"""
TRANSFER_BACK = "DROP FUNCTION cases_transfer(uuid, int, text);"

# Down to a subordinate or back up by an officer of the organ that has the case, or of one above it.
ROUTE = """
CREATE FUNCTION cases_organ_width(code int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN code % 10000000 = 0 THEN 10000000 WHEN code % 100000 = 0 THEN 100000
              WHEN code % 1000 = 0 THEN 1000 ELSE 1 END
$$;
CREATE FUNCTION cases_route(the_case uuid, new_organ int, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  here int;
  who uuid := nullif(current_setting('hd.person', true), '')::uuid;
  chair uuid := nullif(current_setting('hd.post', true), '')::uuid;
BEGIN
  SELECT organ INTO here FROM cases_case WHERE id = the_case AND closed IS NULL FOR UPDATE;
  IF here IS NULL OR here NOT BETWEEN current_setting('hd.lo')::int AND current_setting('hd.hi')::int THEN
    RAISE EXCEPTION 'case out of range' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM org_post p WHERE p.id = chair AND p.officer_id = who
      AND here BETWEEN p.organ_id AND p.organ_id + cases_organ_width(p.organ_id) - 1
      AND p.valid_from <= current_date AND (p.valid_to IS NULL OR p.valid_to >= current_date)
  ) THEN
    RAISE EXCEPTION 'this post may not route the case' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF new_organ = here OR NOT (new_organ BETWEEN here AND here + cases_organ_width(here) - 1
      OR here BETWEEN new_organ AND new_organ + cases_organ_width(new_organ) - 1)
    OR NOT EXISTS (SELECT 1 FROM org_organ o WHERE o.code = new_organ AND o.valid_to IS NULL)
  THEN
    RAISE EXCEPTION 'a case goes down to a subordinate or back up' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE cases_case SET organ = new_organ, station = CASE WHEN new_organ % 1000 <> 0 THEN new_organ END
    WHERE id = the_case;
  UPDATE cases_task SET organ = new_organ, assignee = NULL WHERE case_id = the_case AND done IS NULL;
  UPDATE parties_involvement SET organ_id = new_organ WHERE case_id = the_case;
  INSERT INTO cases_transfer (id, case_id, source, target, at, person, post, reason)
    VALUES (gen_random_uuid(), the_case, here, new_organ, clock_timestamp(), who, chair, why);
END $$;
GRANT CREATE ON SCHEMA public TO hongdun_transfer;
ALTER FUNCTION cases_route(uuid, int, text) OWNER TO hongdun_transfer;
REVOKE CREATE ON SCHEMA public FROM hongdun_transfer;
REVOKE ALL ON FUNCTION cases_route(uuid, int, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_route(uuid, int, text) TO hongdun_app;
"""
ROUTE_BACK = "DROP FUNCTION cases_route(uuid, int, text); DROP FUNCTION cases_organ_width(int);"
