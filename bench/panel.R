# Makes the panels of tests/panel/recipes.toml with peacesciencer 1.2.9, each as a CSV file.
# usage: R_LIBS=LIBRARY_DIR Rscript bench/panel.R LIBRARY_DIR OUT_DIR [RECIPE ...]; then: python bench/panel_made.py OUT_DIR
args <- commandArgs(TRUE); .libPaths(c(args[1], .libPaths())); out <- args[2]
suppressPackageStartupMessages({library(peacesciencer); library(dplyr)})
# create_leaderdays(standardize = "cow") of 1.2.9 looks for a table that it forgot to make
gw_cow_years <- isard::gw_cw_panel[, c("gwcode", "ccode", "year")]
recipes <- list(
  state_days = quote(create_statedays()),
  state_days_gw = quote(create_statedays(system="gw")),
  leader_days = quote(create_leaderdays()),
  leader_days_cow = quote(create_leaderdays(standardize="cow")),
  leader_years = quote(create_leaderyears() |> add_lead() |> add_creg_fractionalization() |> add_democracy() |> add_rugged_terrain() |> add_sim_gdp_pop() |> add_ccode_to_gw()),
  leader_years_gw = quote(create_leaderyears(standardize="gw") |> add_lwuf(keep=c("theta1_mean","theta2_mean")) |> add_minimum_distance(use_extdata=FALSE)),
  leader_years_cow = quote(create_leaderyears(standardize="cow", subset_years=1875:2010) |> add_contiguity() |> add_cow_majors() |> add_cow_trade() |> add_nmc() |> add_latent_territorial_threat() |> add_gwcode_to_cow() |> add_gml_mids(init="sidea-orig") |> add_spells()),
  leader_disputes = quote(create_leaderyears(standardize="cow") |> add_gml_mids()),
  leader_disputes_joiners = quote(create_leaderyears(standardize="cow") |> add_gml_mids(init="sidea-with-joiners")),
  states = quote(create_stateyears() |> add_archigos() |> add_capital_distance() |> add_contiguity() |> add_cow_trade() |> add_cow_wars(type="intra") |> add_creg_fractionalization() |> add_latent_territorial_threat() |> add_rugged_terrain() |> add_sim_gdp_pop() |> add_strategic_rivalries() |> add_minimum_distance(use_extdata=FALSE) |> add_gml_mids() |> add_gwcode_to_cow() |> add_peace_years()),
  states_listed = quote(create_stateyears(mry=FALSE) |> add_capital_distance(transsum="last") |> add_cow_majors(mry=FALSE) |> add_cow_wars(type="intra", intratype="central control") |> add_gml_mids(init="sidea-orig") |> add_nmc(keep=c("cinc","tpop")) |> add_democracy(keep="polity2") |> add_peace_years(pad=TRUE) |> declare_attributes(data_type="state_year", system="cow") |> add_contiguity(slice="last", mry=TRUE)),
  states_local = quote(create_stateyears(subset_years=1816:2007) |> add_cow_wars(type="intra", intratype="local issues") |> add_gml_mids(init="sidea-with-joiners") |> add_spells()),
  states_gw = quote(create_stateyears(system="gw") |> add_archigos() |> add_capital_distance() |> add_creg_fractionalization() |> add_democracy() |> add_minimum_distance(use_extdata=FALSE) |> add_sim_gdp_pop() |> add_ucdp_acd() |> add_ucdp_onsets() |> add_ccode_to_gw() |> add_peace_years()),
  states_gw_listed = quote(create_stateyears(system="gw", mry=FALSE) |> add_capital_distance(transsum="dec31") |> add_ucdp_acd(issue="territory", only_wars=TRUE) |> add_rugged_terrain()),
  states_gw_recent = quote(create_stateyears(system="gw", subset_years=1946:2020) |> add_ucdp_acd(type=c("intrastate","II"), issue=c("government","both")) |> add_spells()),
  dyads = quote(create_dyadyears() |> add_archigos() |> add_cow_majors(mry=FALSE) |> add_cow_wars(type="inter") |> add_strategic_rivalries() |> add_contiguity(slice="last", mry=TRUE)),
  dyads_both_disputes = quote(create_dyadyears() |> add_gml_mids() |> add_cow_mids() |> add_minimum_distance(use_extdata=FALSE) |> add_atop_alliance() |> add_capital_distance(transsum="last")),
  dyads_relevant = quote(create_dyadyears(subset_years=1816:2010) |> filter_prd() |> add_gml_mids(init="sidea-with-joiners") |> add_peace_years()),
  undirected = quote(create_dyadyears(directed=FALSE, mry=FALSE) |> add_igos() |> add_cow_mids(keep=c("hostlev")) |> add_cow_wars(type="inter") |> add_capital_distance() |> add_minimum_distance(use_extdata=FALSE) |> add_peace_years()),
  undirected_one_way = quote(create_dyadyears(directed=FALSE, subset_years=1900:2000) |> add_atop_alliance(ndir=FALSE) |> add_nmc(keep="cinc") |> add_democracy(keep=c("euds","polity2"))),
  undirected_padded = quote(create_dyadyears(directed=FALSE, subset_years=1816:2010) |> filter_prd() |> add_cow_mids() |> add_gml_mids() |> add_peace_years(pad=TRUE)),
  dyads_recent = quote(create_dyadyears(subset_years=1980:2000) |> add_gwcode_to_cow() |> add_latent_territorial_threat() |> add_creg_fractionalization() |> add_rugged_terrain() |> add_sim_gdp_pop() |> add_gml_mids(keep="hostlev1") |> add_spells()),
  dyads_gw = quote(create_dyadyears(system="gw") |> add_archigos() |> add_capital_distance() |> add_ccode_to_gw()),
  undirected_gw = quote(create_dyadyears(system="gw", directed=FALSE, mry=FALSE) |> add_creg_fractionalization() |> add_democracy() |> add_minimum_distance(use_extdata=FALSE) |> add_rugged_terrain() |> add_sim_gdp_pop()),
  undirected_gw_coded = quote(create_dyadyears(system="gw", directed=FALSE, subset_years=1990:2000) |> add_ccode_to_gw() |> add_igos() |> add_contiguity() |> add_cow_majors() |> add_nmc()),
  disputes_all_rules = quote(gml_dirdisp |> whittle_conflicts_onsets() |> whittle_conflicts_fatality() |> whittle_conflicts_hostility() |> whittle_conflicts_duration() |> whittle_conflicts_reciprocation() |> whittle_conflicts_startmonth() |> whittle_conflicts_jds()),
  disputes_onsets = quote(gml_dirdisp |> whittle_conflicts_onsets()),
  disputes_fatality = quote(gml_dirdisp |> whittle_conflicts_fatality()),
  disputes_hostility = quote(gml_dirdisp |> whittle_conflicts_hostility()),
  disputes_maxdur = quote(gml_dirdisp |> whittle_conflicts_duration("maxdur")),
  disputes_reciprocation = quote(gml_dirdisp |> whittle_conflicts_reciprocation()),
  disputes_startmonth = quote(gml_dirdisp |> whittle_conflicts_startmonth()),
  disputes_jds = quote(gml_dirdisp |> whittle_conflicts_jds()),
  disputes_mindur = quote(gml_dirdisp |> whittle_conflicts_duration("mindur")),
  disputes_cow = quote(cow_mid_dirdisps |> whittle_conflicts_onsets() |> whittle_conflicts_fatality() |> whittle_conflicts_hostility() |> whittle_conflicts_duration("mindur") |> whittle_conflicts_reciprocation() |> whittle_conflicts_startmonth() |> whittle_conflicts_jds()),
  disputes_cow_duration = quote(cow_mid_dirdisps |> whittle_conflicts_duration("maxdur") |> whittle_conflicts_fatality()),
  disputes_leaders = quote(gml_mid_dirleaderdisps |> whittle_conflicts_onsets() |> whittle_conflicts_fatality() |> whittle_conflicts_hostility() |> whittle_conflicts_duration() |> whittle_conflicts_reciprocation() |> whittle_conflicts_startmonth() |> whittle_conflicts_jds()),
  disputes_leaders_onsets = quote(gml_mid_dirleaderdisps |> whittle_conflicts_onsets()),
  disputes_leaders_fatality = quote(gml_mid_dirleaderdisps |> whittle_conflicts_fatality())
)
selected <- if (length(args) > 2) args[-(1:2)] else names(recipes)
for (name in selected) {
  table <- suppressWarnings(suppressMessages(eval(recipes[[name]])))
  write.csv(table, file.path(out, paste0(name, ".csv")), row.names = FALSE)
}
