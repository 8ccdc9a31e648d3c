-- holders.sql: those of some ids that data files hold, each with the name of its file.
-- parameters: $ids
select id, filename
from held
where id in (select unnest($ids::varchar[]))
order by id
