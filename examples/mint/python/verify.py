"""Says whom a token on standard input is for: API_KEY=… SECRET=… python3 verify.py <token.txt"""
import os, sys
import jwt

if not os.environ.get("API_KEY") or not os.environ.get("SECRET"):
    sys.exit("usage: API_KEY=… SECRET=… python3 verify.py <token.txt")
try:
    claims = jwt.decode(sys.stdin.read().strip(), os.environ["SECRET"], algorithms=["HS256"], audience="apiRTC",
                        options={"require": ["exp", "sub"]})
except jwt.InvalidTokenError as error:
    sys.exit(f"refused: {error}")
if claims["sub"] != os.environ["API_KEY"]:
    sys.exit("refused: it is of another API key")
print(claims["grants"]["apiRTC_UserAgent_Id"])
