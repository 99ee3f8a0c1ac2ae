/**
 * The lab used to have this address; links with a state are redirected to its new one. Classic script, runs before
 * anything is drawn.
 */
if (/[#&][\w-]+=/.test(location.hash)) location.replace(`/lab${location.search}${location.hash}`);
