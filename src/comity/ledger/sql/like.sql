-- like.sql: the claims whose id begins so.
-- parameters: $beginning
select *
from claims
where starts_with(id, $beginning)
order by id
