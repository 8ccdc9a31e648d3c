-- known.sql: the judgements with some ids, or all of them.
-- parameters: $ids (NULL: all)
select *
from judgements
where $ids::varchar[] is null or id in (select unnest($ids::varchar[]))
order by id
