-- beginning.sql: the judgements whose id begins so, as recorded by a version of the ledger.
-- parameters: $version, $beginning
select *
from judgements
where version <= $version and starts_with(id, $beginning)
order by id
