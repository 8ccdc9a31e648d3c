-- coverage.sql: for each edition of a source and relation, the first and last day on which anything that it states began.
-- parameters: $known_by (NULL: whenever published)
select source, relation, min(earliest), max(begin_latest)
from claims
where modality = 'asserted' and earliest is not null and begin_latest < date '9999-01-01'
  and ($known_by::date is null or published_latest <= $known_by::date)
group by source, relation
order by source, relation
