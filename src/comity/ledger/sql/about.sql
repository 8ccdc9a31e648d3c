-- about.sql: the claims with a polity as subject or object, of some relations or of any, as surely published by a day.
-- parameters: $polity, $relations (NULL: any), $known_by (NULL: whenever published), $day (NULL: whenever it was)
select *
from claims
where (subject = $polity or object = $polity)
  and ($relations::varchar[] is null or relation in (select unnest($relations::varchar[])))
  and ($known_by::date is null or published_latest <= $known_by::date)
  and ($day::date is null or $day::date between earliest and latest)
order by earliest nulls last, relation, id
