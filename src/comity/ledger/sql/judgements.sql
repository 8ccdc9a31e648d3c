-- judgements.sql: the judgements on any of some claims, as recorded by a version of the ledger.
-- parameters: $version, $claims (ids)
select *
from judgements
where version <= $version
  and (first in (select unnest($claims::varchar[])) or second in (select unnest($claims::varchar[])))
order by id
