import {
  AccountRecovery,
  ClientAttributes,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  type UserPoolClient,
  type UserPoolClientOptions,
} from 'aws-cdk-lib/aws-cognito';
import { CfnOutput, Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Environment } from '../environment.js';
import { EnvironmentStack } from './environment.stack.js';

/** People and programs, in Cognito. The server trusts its tokens as those of any issuer (docs/identity.md). */
export class IdentityStack extends EnvironmentStack {
  /** As the tokens spell it. */
  readonly issuer: string;
  /** The clients whose tokens are for this API. */
  readonly audiences: readonly string[];

  constructor(scope: Construct, environment: Environment) {
    super(scope, 'Identity', environment);
    const pool = this.createPool();
    this.issuer = `https://cognito-idp.${this.region}.amazonaws.com/${pool.userPoolId}`;
    const domain = pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `filmgraph-${environment.name}-${environment.account}` },
    });
    const people = this.addPeople(pool);
    const programs = this.addPrograms(pool);
    this.audiences = [people.userPoolClientId, programs.userPoolClientId];
    new CfnOutput(this, 'Issuer', { value: this.issuer });
    new CfnOutput(this, 'LoginUrl', { value: domain.baseUrl() });
    new CfnOutput(this, 'PeopleClientId', { value: people.userPoolClientId });
    new CfnOutput(this, 'ProgramsClientId', { value: programs.userPoolClientId });
  }

  private createPool(): UserPool {
    const pool = new UserPool(this, 'Users', {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: true,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true }, fullname: { required: false, mutable: true } },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      mfa: this.settings.identity.mfa === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: this.settings.data.deletionProtection,
      removalPolicy: this.removalPolicy,
    });
    pool.addGroup('Admins', { groupName: 'admin', description: 'May do what only administrators may', precedence: 0 });
    pool.addGroup('People', { groupName: 'user', description: 'Everybody else', precedence: 10 });
    return pool;
  }

  /** People log in with a browser: a public client, so it has no secret and proves itself with PKCE. */
  private addPeople(pool: UserPool): UserPoolClient {
    const { dns } = this.settings;
    const origin = dns ? `https://${dns.apiHost}` : 'http://localhost:3000';
    return this.addClient(pool, 'PeopleClient', {
      authFlows: { userSrp: true },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${origin}/graphql`],
        logoutUrls: [`${origin}/graphql`],
      },
      readAttributes: new ClientAttributes().withStandardAttributes({
        email: true,
        fullname: true,
        emailVerified: true,
      }),
    });
  }

  /** Programs have a secret and act for nobody (client credentials), as the Movie API's documentation recommends. */
  private addPrograms(pool: UserPool): UserPoolClient {
    const read = new ResourceServerScope({ scopeName: 'movies.read', scopeDescription: 'Read films' });
    const server = pool.addResourceServer('Api', { identifier: 'filmgraph', scopes: [read] });
    return this.addClient(pool, 'ProgramsClient', {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, read)] },
    });
  }

  private addClient(pool: UserPool, id: string, options: UserPoolClientOptions): UserPoolClient {
    return pool.addClient(id, {
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      ...options,
    });
  }
}
