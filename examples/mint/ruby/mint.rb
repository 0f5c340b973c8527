# Mints a token: API_KEY=… SECRET=… ruby mint.rb alice
require 'jwt'
require 'securerandom'

api_key, secret = ENV.values_at('API_KEY', 'SECRET')
if ARGV.length != 1 || api_key.to_s.empty? || secret.to_s.empty?
  abort 'usage: API_KEY=… SECRET=… [CONVERSATION=…] ruby mint.rb <user id>'
end

# Under a locale other than UTF-8, Ruby takes what comes from outside for something else.
def utf8(text) = text.dup.force_encoding('UTF-8')

now = Time.now.to_i
grants = { apiRTC_UserAgent_Id: utf8(ARGV[0]) }
if ENV.key?('CONVERSATION')
  grants[:conversations] = [{ name: utf8(ENV['CONVERSATION']), role: 'contributor',
                              publish: %w[audio video data], subscribe: true }]
end
claims = { sub: utf8(api_key), aud: 'apiRTC', iat: now, exp: now + 600, jti: SecureRandom.uuid, grants: grants }
puts JWT.encode(claims, secret, 'HS256', { typ: 'JWT' })
