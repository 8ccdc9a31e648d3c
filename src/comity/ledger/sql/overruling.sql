-- overruling.sql: persons' judgements, and those that one of them retracts, as recorded by a version of the ledger.
-- parameters: $version
select *
from judgements
where version <= $version
  and (not is_rule or id in (select first from judgements where verdict = 'retracts'))
order by id
