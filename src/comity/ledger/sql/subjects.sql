-- subjects.sql: the claims with one of some polities as subject, of some relations.
-- parameters: $polities (ids), $relations
select *
from claims
where subject in (select unnest($polities::varchar[]))
  and relation in (select unnest($relations::varchar[]))
order by earliest nulls last, relation, id
