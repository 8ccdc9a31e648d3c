-- judged.sql: how many judgements persons made, and how many rules, as recorded by a version of the ledger.
-- parameters: $version
select count(*) filter (where not is_rule) as persons, count(*) filter (where is_rule) as rules
from judgements
where version <= $version
