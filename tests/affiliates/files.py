"""Link files as other systems write them."""

from tests.affiliates.desk import AWIN

OWN = f"slug,title,address,status,notes\nzinc,Zinc citrate,{AWIN},live,Ask again\n"
PRETTY = (
    "id,url,slug,name,description,group_id,redirect_type,track_me,param_forwarding,param_struct,keywords\n"
    f'7,{AWIN},go/Zinc_Citrate,Zinc Citrate,"Bought, tried",1,307,1,off,,"zinc, zinc citrate"\n'
    "8,https://shop.example/oil?ref=me,oil,Fish oil,,,301,1,off,,\n"
)
THIRSTY = (
    "Link Name,Destination URL,Slug,Categories (separated by semicolons),Images To Download & Attach,"
    "Geolocations Links (format: AU:http://google.com.au separated by semicolon),Autolinker Keywords\n"
    f"Zinc,{AWIN},zinc,Minerals;Best,,US:{AWIN}&us=1;CA:{AWIN}&ca=1,zinc;zinc citrate\n"
)
