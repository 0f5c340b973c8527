/** What to mint. The API key and the secret are not part of it: the code reads them from its environment. */
export interface Minted {
  /** The URL of the platform, such as `https://rtc.example.com`. */
  readonly url: string
  readonly userId: string
  readonly ttlSeconds: number
  /** The conversations it is limited to, with the permissions in each; `undefined` for all conversations. */
  readonly conversations?: readonly object[]
}

export interface CodeSample {
  readonly language: string
  /** What has to be installed to run it. */
  readonly needs: string
  readonly code: string
}

/** Returns code that mints that token, in the languages of most back ends. The secret is never part of the code. */
export function codeSamples(minted: Minted): readonly CodeSample[] {
  return [node(minted), python(minted), php(minted), go(minted), curl(minted)]
}

/** Returns the lines of an environment file. */
export function envLines(apiKey: string, secret: string): string {
  return `API_KEY=${apiKey}\nSECRET=${secret}\n`
}

function node({ userId, ttlSeconds, conversations }: Minted): CodeSample {
  const more = conversations === undefined ? '' : `,\n  conversations: ${JSON.stringify(conversations)}`
  const options = `apiRTC_UserAgent_Id: ${JSON.stringify(userId)}, ttl: ${ttlSeconds}${more}`
  return {
    language: 'Node.js',
    needs: 'npm install @stagedoor/access-token',
    code: `import { AccessToken } from '@stagedoor/access-token'

const { API_KEY, SECRET } = process.env
console.log(new AccessToken(API_KEY, SECRET, { ${options} }).toJwt())
`,
  }
}

function python(minted: Minted): CodeSample {
  return {
    language: 'Python',
    needs: 'pip install pyjwt',
    code: `import json, os, time, uuid, jwt

now, grants = int(time.time()), json.loads(${quoted(grantsOf(minted))})
print(jwt.encode({"sub": os.environ["API_KEY"], "aud": "apiRTC", "iat": now, "exp": now + ${minted.ttlSeconds},
                  "jti": str(uuid.uuid4()), "grants": grants}, os.environ["SECRET"], algorithm="HS256"))
`,
  }
}

function php(minted: Minted): CodeSample {
  return {
    language: 'PHP',
    needs: 'PHP only',
    code: `<?php
$part = fn(string $data) => rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
$claims = ['sub' => getenv('API_KEY'), 'aud' => 'apiRTC', 'iat' => time(), 'exp' => time() + ${minted.ttlSeconds},
    'jti' => bin2hex(random_bytes(16)), 'grants' => json_decode(${singleQuoted(grantsOf(minted))})];
$signed = $part('{"alg":"HS256","typ":"JWT"}') . '.' . $part(json_encode($claims));
echo $signed . '.' . $part(hash_hmac('sha256', $signed, getenv('SECRET'), true)), "\\n";
`,
  }
}

function go(minted: Minted): CodeSample {
  return {
    language: 'Go',
    needs: 'the standard library only',
    code: `package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"time"
)

func main() {
	id := make([]byte, 16)
	rand.Read(id)
	now, part := time.Now().Unix(), base64.RawURLEncoding.EncodeToString
	claims, _ := json.Marshal(map[string]any{"sub": os.Getenv("API_KEY"), "aud": "apiRTC", "iat": now, "exp": now + ${minted.ttlSeconds},
		"jti": part(id), "grants": json.RawMessage(${quoted(grantsOf(minted))})})
	signed := part([]byte(\`{"alg":"HS256","typ":"JWT"}\`)) + "." + part(claims)
	mac := hmac.New(sha256.New, []byte(os.Getenv("SECRET")))
	mac.Write([]byte(signed))
	fmt.Println(signed + "." + part(mac.Sum(nil)))
}
`,
  }
}

function curl({ url, userId, ttlSeconds, conversations }: Minted): CodeSample {
  const body = JSON.stringify({ id: userId, ttlSeconds, ...(conversations && { conversations }) })
  return {
    language: 'curl',
    needs: 'a personal access token with the permission to mint tokens',
    code: `curl -sS ${shellQuoted(url)}/api/v1/keys/"$API_KEY"/tokens \\
  -H "authorization: Bearer $STAGEDOOR_TOKEN" -H 'content-type: application/json' \\
  -d ${shellQuoted(body)}
`,
  }
}

function grantsOf({ userId, conversations }: Minted): string {
  return JSON.stringify({ apiRTC_UserAgent_Id: userId, ...(conversations && { conversations }) })
}

/** A string literal of Python or Go: both take the escapes of JSON, which writes surrogates unescaped. */
function quoted(text: string): string {
  return JSON.stringify(text)
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
