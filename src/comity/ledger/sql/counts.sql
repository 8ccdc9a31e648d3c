-- counts.sql: how many claims each edition of a source gives.
select source, count(*) as claims
from claims
group by source
order by source
