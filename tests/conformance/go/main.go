// The Go SDK's links or cookies: reads a case a line (JSON: url, resource, end, start, network, id,
// canned), prints a link, or an object of cookies, a line.
//
//	oracle links|cookies KEY.pem < cases
package main

import (
	"bufio"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/cloudfront/sign"
)

type testCase struct {
	URL      string
	Resource string
	End      int64
	Start    *int64
	Network  *string
	ID       string
	Canned   bool
}

func main() {
	file, err := os.Open(os.Args[2])
	check(err)
	key, err := sign.LoadPEMPrivKey(file)
	check(err)
	answer := map[string]func(testCase, *rsa.PrivateKey) string{"links": link, "cookies": cookies}[os.Args[1]]
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	cases := bufio.NewScanner(os.Stdin)
	cases.Buffer(nil, 1<<20)
	for cases.Scan() {
		var c testCase
		check(json.Unmarshal(cases.Bytes(), &c))
		fmt.Fprintln(out, answer(c, key))
	}
	check(cases.Err())
}

func link(c testCase, key *rsa.PrivateKey) string {
	signer := sign.NewURLSigner(c.ID, key)
	var link string
	var err error
	if c.Canned {
		link, err = signer.Sign(c.URL, time.Unix(c.End, 0))
	} else {
		link, err = signer.SignWithPolicy(c.URL, policy(c))
	}
	check(err)
	return link
}

func cookies(c testCase, key *rsa.PrivateKey) string {
	signer := sign.NewCookieSigner(c.ID, key)
	var cookies []*http.Cookie
	var err error
	if c.Canned {
		cookies, err = signer.Sign(c.URL, time.Unix(c.End, 0))
	} else {
		cookies, err = signer.SignWithPolicy(policy(c))
	}
	check(err)
	values := map[string]string{}
	for _, cookie := range cookies {
		values[cookie.Name] = cookie.Value
	}
	line, err := json.Marshal(values)
	check(err)
	return string(line)
}

func policy(c testCase) *sign.Policy {
	condition := sign.Condition{DateLessThan: sign.NewAWSEpochTime(time.Unix(c.End, 0))}
	if c.Start != nil {
		condition.DateGreaterThan = sign.NewAWSEpochTime(time.Unix(*c.Start, 0))
	}
	if c.Network != nil {
		condition.IPAddress = &sign.IPAddress{SourceIP: *c.Network}
	}
	return &sign.Policy{Statements: []sign.Statement{{Resource: c.Resource, Condition: condition}}}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
