-- among.sql: the claims between any of some polities and any of others, either way, as surely published by a day.
-- parameters: $ones, $others (ids), $known_by (NULL: whenever published)
select *
from claims
where ((subject in (select unnest($ones::varchar[])) and object in (select unnest($others::varchar[])))
    or (subject in (select unnest($others::varchar[])) and object in (select unnest($ones::varchar[]))))
  and ($known_by::date is null or published_latest <= $known_by::date)
order by earliest nulls last, relation, id
