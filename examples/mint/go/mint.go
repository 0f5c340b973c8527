//go:build ignore

// Mints a token: API_KEY=… SECRET=… go run mint.go alice
package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"
)

type object = map[string]any

func main() {
	apiKey, secret := os.Getenv("API_KEY"), os.Getenv("SECRET")
	if len(os.Args) != 2 || apiKey == "" || secret == "" {
		log.Fatal("usage: API_KEY=… SECRET=… [CONVERSATION=…] go run mint.go <user id>")
	}

	grants := object{"apiRTC_UserAgent_Id": os.Args[1]}
	if conversation, isSet := os.LookupEnv("CONVERSATION"); isSet {
		grants["conversations"] = []object{{"name": conversation, "role": "contributor",
			"publish": []string{"audio", "video", "data"}, "subscribe": true}}
	}
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		log.Fatal(err)
	}
	now, part := time.Now().Unix(), base64.RawURLEncoding.EncodeToString
	claims, err := json.Marshal(object{"sub": apiKey, "aud": "apiRTC", "iat": now, "exp": now + 600,
		"jti": part(id), "grants": grants})
	if err != nil {
		log.Fatal(err)
	}

	signed := part([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + part(claims)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(signed))
	fmt.Println(signed + "." + part(mac.Sum(nil)))
}
