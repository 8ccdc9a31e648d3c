-- between.sql: the claims between two polities, either way round, as surely published by a day.
-- parameters: $one, $other, $known_by (NULL: whenever published)
select *
from claims
where ((subject = $one and object = $other) or (subject = $other and object = $one))
  and ($known_by::date is null or published_latest <= $known_by::date)
order by earliest nulls last, relation, id
