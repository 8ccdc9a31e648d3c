-- page.sql: the first claims after one of them, of those with these parties, this relation and this source.
-- parameters: $about (ids), $relation (NULL: any), $source (NULL: any), $known_by (NULL: whenever published),
--   $after (an id; NULL: from the first), $limit
select *
from claims
where list_has_all([subject, object], $about::varchar[])
  and ($relation::varchar is null or relation = $relation or starts_with(relation, $relation || '.'))
  and ($source::varchar is null or source = $source)
  and ($known_by::date is null or published_latest <= $known_by::date)
  and ($after::varchar is null or (coalesce(earliest, 'infinity'), relation, id) > (
      select (coalesce(earliest, 'infinity'), relation, id) from claims where id = $after))
order by earliest nulls last, relation, id
limit $limit
