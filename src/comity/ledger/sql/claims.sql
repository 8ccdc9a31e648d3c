-- claims.sql: the claims with some ids, or all of them.
-- parameters: $ids (NULL: all)
select *
from claims
where $ids::varchar[] is null or id in (select unnest($ids::varchar[]))
order by earliest nulls last, relation, id
