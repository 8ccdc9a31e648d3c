-- parties.sql: the claims about some polities and no others.
-- parameters: $polities (ids)
select *
from claims
where subject in (select unnest($polities::varchar[]))
  and (object is null or object in (select unnest($polities::varchar[])))
order by earliest nulls last, relation, id
