/** The lab stood at this address once, and links that hold a state still lead here. Classic script, before anything is drawn. */
if (/[#&][\w-]+=/.test(location.hash)) location.replace(`/lab${location.search}${location.hash}`);
