//go:build ignore

// The same as verify.go, with golang-jwt: go get github.com/golang-jwt/jwt/v4
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/golang-jwt/jwt/v4"
)

type claims struct {
	jwt.RegisteredClaims
	Grants struct {
		UserID string `json:"apiRTC_UserAgent_Id"`
	} `json:"grants"`
}

func main() {
	apiKey, secret := os.Getenv("API_KEY"), os.Getenv("SECRET")
	if apiKey == "" || secret == "" {
		log.Fatal("usage: API_KEY=… SECRET=… go run verify-with-golang-jwt.go <token.txt")
	}
	token, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}

	// The algorithm is ours to say, and the secret is the bytes of the text.
	var read claims
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}))
	_, err = parser.ParseWithClaims(strings.TrimSpace(string(token)), &read, func(*jwt.Token) (any, error) {
		return []byte(secret), nil
	})
	switch {
	case err != nil:
		log.Fatalf("refused: %v", err)
	// The library lets in a token without an end, and asks for no audience and no subject by itself.
	case read.ExpiresAt == nil:
		log.Fatal("refused: it never expires")
	case !read.VerifyAudience("apiRTC", true):
		log.Fatal("refused: it is for another audience")
	case read.Subject != apiKey:
		log.Fatal("refused: it is of another API key")
	}
	fmt.Println(read.Grants.UserID)
}
