"""Mints a token: API_KEY=… SECRET=… python3 mint.py alice"""
import os, sys, time, uuid
import jwt

if len(sys.argv) != 2 or not os.environ.get("API_KEY") or not os.environ.get("SECRET"):
    sys.exit("usage: API_KEY=… SECRET=… [CONVERSATION=…] python3 mint.py <user id>")

now = int(time.time())
grants = {"apiRTC_UserAgent_Id": sys.argv[1]}
if "CONVERSATION" in os.environ:
    grants["conversations"] = [{"name": os.environ["CONVERSATION"], "role": "contributor",
                                "publish": ["audio", "video", "data"], "subscribe": True}]
claims = {"sub": os.environ["API_KEY"], "aud": "apiRTC", "iat": now, "exp": now + 600,
          "jti": str(uuid.uuid4()), "grants": grants}
print(jwt.encode(claims, os.environ["SECRET"], algorithm="HS256"))
