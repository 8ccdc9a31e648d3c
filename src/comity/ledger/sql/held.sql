-- held.sql: those of some ids that are held.
-- parameters: $ids
select id
from claims
where id in (select unnest($ids::varchar[]))
