# Says whom a token on standard input is for: API_KEY=… SECRET=… ruby verify.rb <token.txt
require 'jwt'

api_key, secret = ENV.values_at('API_KEY', 'SECRET')
abort 'usage: API_KEY=… SECRET=… ruby verify.rb <token.txt' if api_key.to_s.empty? || secret.to_s.empty?

begin
  claims, = JWT.decode($stdin.read.strip, secret, true, algorithm: 'HS256', required_claims: ['exp'],
                                                        aud: 'apiRTC', verify_aud: true,
                                                        sub: api_key.dup.force_encoding('UTF-8'), verify_sub: true)
rescue JWT::DecodeError => e
  abort "refused: #{e.message}"
end
puts claims['grants']['apiRTC_UserAgent_Id']
