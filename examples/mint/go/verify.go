//go:build ignore

// Says whom a token on standard input is for: API_KEY=… SECRET=… go run verify.go <token.txt
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strings"
	"time"
)

func main() {
	apiKey, secret := os.Getenv("API_KEY"), os.Getenv("SECRET")
	if apiKey == "" || secret == "" {
		log.Fatal("usage: API_KEY=… SECRET=… go run verify.go <token.txt")
	}
	token, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	parts := strings.Split(strings.TrimSpace(string(token)), ".")
	if len(parts) != 3 {
		log.Fatal("refused: it is not a token")
	}

	// The algorithm is ours to say: a header that names another one is refused before anything else is read.
	var header struct{ Alg string }
	read(parts[0], &header)
	if header.Alg != "HS256" {
		log.Fatal("refused: it is not signed with HS256")
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(parts[0] + "." + parts[1]))
	if !hmac.Equal([]byte(base64.RawURLEncoding.EncodeToString(mac.Sum(nil))), []byte(parts[2])) {
		log.Fatal("refused: its signature is wrong")
	}

	var claims struct {
		Sub      string
		Aud      any
		Exp, Nbf float64
		Grants   struct {
			UserID string `json:"apiRTC_UserAgent_Id"`
		}
	}
	read(parts[1], &claims)
	now := float64(time.Now().Unix())
	switch {
	case claims.Exp <= now:
		log.Fatal("refused: it has expired")
	case claims.Nbf > now:
		log.Fatal("refused: it is not good yet")
	case !isFor(claims.Aud, "apiRTC"):
		log.Fatal("refused: it is for another audience")
	case claims.Sub != apiKey:
		log.Fatal("refused: it is of another API key")
	}
	fmt.Println(claims.Grants.UserID)
}

// An audience is a string, or a list of them.
func isFor(audience any, wanted string) bool {
	if list, isList := audience.([]any); isList {
		for _, one := range list {
			if one == wanted {
				return true
			}
		}
		return false
	}
	return audience == wanted
}

func read(part string, into any) {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		log.Fatal("refused: it is not a token")
	}
}
