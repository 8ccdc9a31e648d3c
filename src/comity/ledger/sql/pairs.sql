-- pairs.sql: the claims between the two polities of any of some pairs, either way round.
-- parameters: $ones, $others (ids: a pair is what stands at one place of both)
with pairs as (select unnest($ones::varchar[]) as one, unnest($others::varchar[]) as other),
     sides as (select one as subject, other as object from pairs union select other, one from pairs)
select claims.*
from claims semi join sides using (subject, object)
order by earliest nulls last, relation, id
